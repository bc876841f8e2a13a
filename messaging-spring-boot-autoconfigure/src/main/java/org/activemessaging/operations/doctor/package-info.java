/**
 * Why nothing is consumed: findings with evidence and a remedy.
 */
@NullMarked
package org.activemessaging.operations.doctor;

import org.jspecify.annotations.NullMarked;
