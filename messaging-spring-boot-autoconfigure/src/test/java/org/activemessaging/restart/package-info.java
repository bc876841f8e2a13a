/**
 * An application that is restarted in the same JVM with its own classes loaded anew, as
 * Spring Boot's developer tools do.
 */
package org.activemessaging.restart;
