package org.activemessaging.claimcheck;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A store in a folder, which all applications share: one folder for each day, one file
 * for each payload. A marker tells the folder from an empty one that is there while its
 * disk is not.
 *
 * @since 0.1.0
 */
public final class FolderClaimStore implements ClaimStore {

	private static final String MARKER = ".claim-check";

	private static final String UNFINISHED = ".part";

	private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

	private final Path folder;

	private FolderClaimStore(Path folder) {
		this.folder = folder;
	}

	/**
	 * Opens a store, and makes it if there is none.
	 * @param folder the folder
	 * @return the store
	 * @throws IOException if the folder cannot be made or written to
	 */
	public static FolderClaimStore open(Path folder) throws IOException {
		Files.createDirectories(folder);
		Path real = folder.toRealPath();
		try {
			Files.createFile(real.resolve(MARKER));
		}
		catch (FileAlreadyExistsException ex) {
			// Made by another instance or another time.
		}
		Path probe = Files.createTempFile(real, "probe", UNFINISHED);
		Files.delete(probe);
		return new FolderClaimStore(real);
	}

	@Override
	public void put(ClaimKey key, byte[] payload) throws IOException {
		checkMarker();
		Path day = day(key.day());
		if (!Files.isDirectory(day, LinkOption.NOFOLLOW_LINKS)) {
			Files.createDirectories(day);
			force(this.folder);
		}
		Path unfinished = day.resolve(key + UNFINISHED);
		try {
			write(unfinished, payload);
			Files.move(unfinished, day.resolve(key.toString()), StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			Files.deleteIfExists(unfinished);
			throw ex;
		}
		force(day);
	}

	private static void write(Path file, byte[] payload) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
			ByteBuffer buffer = ByteBuffer.wrap(payload);
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
			channel.force(true);
		}
	}

	// The name of a file is in its folder, which is written for itself.
	private static void force(Path folder) throws IOException {
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (AccessDeniedException ex) {
			// Windows does not open folders, and keeps their names by itself.
		}
	}

	@Override
	public byte @Nullable [] get(ClaimKey key, int maxLength) throws IOException {
		try (InputStream file = Files.newInputStream(day(key.day()).resolve(key.toString()),
				LinkOption.NOFOLLOW_LINKS)) {
			byte[] payload = file.readNBytes(maxLength);
			return (file.read() < 0) ? payload : new byte[0];
		}
		catch (NoSuchFileException ex) {
			checkMarker();
			return null;
		}
	}

	private void checkMarker() throws IOException {
		if (!Files.exists(this.folder.resolve(MARKER))) {
			throw new IOException("The folder of the claim-check store is not there, or is not the one that it was: "
					+ this.folder + " has no " + MARKER);
		}
	}

	@Override
	public int removeBefore(LocalDate day) throws IOException {
		int removed = 0;
		for (Path old : children(this.folder)) {
			String name = old.getFileName().toString();
			if (DAY.matcher(name).matches() && name.compareTo(day.toString()) < 0) {
				removed += remove(old);
			}
		}
		return removed;
	}

	private static int remove(Path day) throws IOException {
		int removed = 0;
		for (Path file : children(day)) {
			removed += Files.deleteIfExists(file) ? 1 : 0;
		}
		try {
			Files.deleteIfExists(day);
		}
		catch (DirectoryNotEmptyException ex) {
			// Something that is not ours, or the work of another instance.
		}
		return removed;
	}

	private static List<Path> children(Path folder) throws IOException {
		List<Path> children = new ArrayList<>();
		try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
			stream.forEach(children::add);
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
		return children;
	}

	private Path day(LocalDate day) {
		return this.folder.resolve(day.toString());
	}

}
