package org.activemessaging.migration.cloudstream;

record Reading(String sensor, double celsius) {
}
