package org.activemessaging.quickstart;

import java.math.BigDecimal;

record Payment(String account, BigDecimal amount) {
}
