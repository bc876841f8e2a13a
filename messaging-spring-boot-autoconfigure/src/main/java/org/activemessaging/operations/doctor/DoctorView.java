package org.activemessaging.operations.doctor;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What the doctor found.
 *
 * @param checkedAt when it looked last, or {@code null} if it has not yet
 * @param healthy whether nothing is worse than good to know
 * @param findings the findings, the worst first
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DoctorView(@Nullable Instant checkedAt, boolean healthy, List<Finding> findings) {

}
