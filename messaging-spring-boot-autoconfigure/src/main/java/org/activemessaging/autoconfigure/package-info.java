/**
 * Auto-configuration for ActiveMessaging: builds the rooms from properties.
 */
@NullMarked
package org.activemessaging.autoconfigure;

import org.jspecify.annotations.NullMarked;
