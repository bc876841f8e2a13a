package org.activemessaging.operations;

import java.util.List;

/**
 * A processor group as an operator sees it.
 *
 * @param processors the ids of its processors
 * @param running whether this instance runs it
 * @since 0.1.0
 */
public record ProcessorGroupView(List<String> processors, boolean running) {

}
