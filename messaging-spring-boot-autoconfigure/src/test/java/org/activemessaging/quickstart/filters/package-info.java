/**
 * What the pages about filters print.
 */
@NullMarked
package org.activemessaging.quickstart.filters;

import org.jspecify.annotations.NullMarked;
