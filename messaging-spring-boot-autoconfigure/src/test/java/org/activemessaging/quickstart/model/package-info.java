/**
 * What the page about processors prints.
 */
package org.activemessaging.quickstart.model;
