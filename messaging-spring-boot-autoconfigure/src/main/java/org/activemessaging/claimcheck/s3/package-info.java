/**
 * A store of large payloads in a bucket of Amazon S3, or of what speaks its protocol.
 */
@NullMarked
package org.activemessaging.claimcheck.s3;

import org.jspecify.annotations.NullMarked;
