/**
 * What of a visit is recorded: each request, its errors, and what the page reports.
 */
@NullMarked
package org.activemessaging.samples.voyeur.recording;

import org.jspecify.annotations.NullMarked;
