/**
 * Things that break while messages flow, and a checker that counts what became of every
 * one of them.
 */
package org.activemessaging.fault;
