package org.activemessaging.actuate;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that is an error.
 *
 * @param error what is wrong
 * @param known the names that are known, if a name is not
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EndpointProblem(String error, @Nullable List<String> known) {

}
