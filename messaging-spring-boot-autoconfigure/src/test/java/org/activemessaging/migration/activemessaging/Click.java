package org.activemessaging.migration.activemessaging;

import org.jspecify.annotations.Nullable;

record Click(@Nullable String session, String page) {
}
