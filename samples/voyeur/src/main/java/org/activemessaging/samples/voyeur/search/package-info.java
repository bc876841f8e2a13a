/**
 * The pages that people visit: full-text search over a small encyclopedia.
 */
@NullMarked
package org.activemessaging.samples.voyeur.search;

import org.jspecify.annotations.NullMarked;
