/**
 * A small search application that watches its own traffic: the deck's Voyeur.
 */
@NullMarked
package org.activemessaging.samples.voyeur;

import org.jspecify.annotations.NullMarked;
