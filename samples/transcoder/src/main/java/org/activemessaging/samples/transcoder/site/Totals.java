package org.activemessaging.samples.transcoder.site;

/**
 * How many encodings there are.
 *
 * @param videos how many videos
 * @param waiting how many encodings are to be made
 * @param done how many can be watched
 * @param failed how many were given up
 */
record Totals(long videos, long waiting, long done, long failed) {

}
