package org.activemessaging.test;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application of the tests.
 */
@SpringBootApplication
class Shop {

}
