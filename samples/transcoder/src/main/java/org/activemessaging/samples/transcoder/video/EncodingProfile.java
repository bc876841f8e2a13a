package org.activemessaging.samples.transcoder.video;

import java.util.Locale;

/**
 * A form that every video is encoded to.
 */
public enum EncodingProfile {

	/**
	 * Small enough for a telephone on its way.
	 */
	PHONE(360, 500),

	/**
	 * For a large screen.
	 */
	DESKTOP(720, 1500);

	private final int height;

	private final int kilobits;

	EncodingProfile(int height, int kilobits) {
		this.height = height;
		this.kilobits = kilobits;
	}

	/**
	 * Returns the height of the picture; a smaller video keeps its own.
	 * @return the height in pixels, an even number
	 */
	public int height() {
		return this.height;
	}

	/**
	 * Returns how much the picture may take.
	 * @return the bit rate in kbit/s
	 */
	public int kilobits() {
		return this.kilobits;
	}

	/**
	 * Returns the name in file names and addresses.
	 * @return the name in lower case
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds a profile by its label.
	 * @param label the name in lower case
	 * @return the profile
	 * @throws IllegalArgumentException if there is none
	 */
	public static EncodingProfile of(String label) {
		return valueOf(label.toUpperCase(Locale.ROOT));
	}

}
