package org.activemessaging.samples.voyeur.stream;

import java.time.Instant;
import java.util.List;

/**
 * A piece of the way of the mouse over a page.
 *
 * @param sessionId the session
 * @param page the path of the page
 * @param points where the mouse was, one after the other
 * @param timestamp when the page reported it
 */
public record MouseTrack(String sessionId, String page, List<Point> points, Instant timestamp) implements StreamEvent {

	/**
	 * The width and height of every page, in the unit of the points.
	 */
	public static final int EXTENT = 1000;

	public MouseTrack {
		points = List.copyOf(points);
	}

	/**
	 * A place on the visible part of the page, whose right bottom corner is {@code 1000,
	 * 1000} on every screen.
	 *
	 * @param x the distance from the left
	 * @param y the distance from the top
	 */
	public record Point(int x, int y) {

	}

}
