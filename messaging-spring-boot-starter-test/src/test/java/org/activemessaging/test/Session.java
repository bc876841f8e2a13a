package org.activemessaging.test;

/**
 * The first click of a visitor.
 */
record Session(String id) {
}
