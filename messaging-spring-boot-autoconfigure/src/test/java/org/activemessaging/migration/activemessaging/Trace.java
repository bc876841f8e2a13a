package org.activemessaging.migration.activemessaging;

import org.jspecify.annotations.Nullable;

record Trace(String direction, String destination, @Nullable String processor, Object message) {
}
