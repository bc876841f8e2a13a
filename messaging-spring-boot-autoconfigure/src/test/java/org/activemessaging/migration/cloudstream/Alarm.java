package org.activemessaging.migration.cloudstream;

record Alarm(String sensor) {
}
