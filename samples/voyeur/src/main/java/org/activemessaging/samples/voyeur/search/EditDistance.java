package org.activemessaging.samples.voyeur.search;

/**
 * How many letters must be changed, added, left out or swapped with their neighbour to
 * make one word of another.
 */
final class EditDistance {

	private EditDistance() {
	}

	static int between(String left, String right) {
		int[][] distance = new int[left.length() + 1][right.length() + 1];
		for (int i = 0; i <= left.length(); i++) {
			for (int j = 0; j <= right.length(); j++) {
				distance[i][j] = (Math.min(i, j) == 0) ? Math.max(i, j) : shortest(distance, left, right, i, j);
			}
		}
		return distance[left.length()][right.length()];
	}

	private static int shortest(int[][] distance, String left, String right, int i, int j) {
		boolean same = left.charAt(i - 1) == right.charAt(j - 1);
		int shortest = Math.min(Math.min(distance[i - 1][j], distance[i][j - 1]) + 1,
				distance[i - 1][j - 1] + (same ? 0 : 1));
		boolean swapped = i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2)
				&& left.charAt(i - 2) == right.charAt(j - 1);
		return swapped ? Math.min(shortest, distance[i - 2][j - 2] + 1) : shortest;
	}

}
