package org.activemessaging.actuate;

import java.util.List;

import org.activemessaging.operations.UnknownNameException;
import org.activemessaging.operations.doctor.Doctor;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Why nothing is consumed: {@code doctor}.
 *
 * @since 0.1.0
 */
public final class DoctorPart implements EndpointPart {

	private final Doctor doctor;

	/**
	 * Creates the part.
	 * @param doctor who has the findings
	 */
	public DoctorPart(Doctor doctor) {
		this.doctor = doctor;
	}

	@Override
	public String name() {
		return "doctor";
	}

	@Override
	public WebEndpointResponse<?> read(List<String> path, RequestParameters parameters) {
		if (!path.isEmpty()) {
			throw new UnknownNameException(path.get(0), List.of());
		}
		parameters.allowing();
		return new WebEndpointResponse<>(this.doctor.view());
	}

}
