package org.activemessaging.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Makes the context of a {@link MessagingTest}.
 */
class MessagingTestContextBootstrapper extends TestSliceTestContextBootstrapper<MessagingTest> {

}
