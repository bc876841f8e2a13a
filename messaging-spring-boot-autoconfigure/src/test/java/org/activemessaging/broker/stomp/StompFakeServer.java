package org.activemessaging.broker.stomp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that answers each frame as a test says. What it says of itself is true of no
 * broker.
 */
final class StompFakeServer implements AutoCloseable {

	static final String CONNECTED = "CONNECTED\nversion:1.2\nserver:ActiveMQ/fake\n\n\0";

	private static final Pattern RECEIPT = Pattern.compile("\nreceipt:(\\S+)\n");

	private final List<String> frames = new CopyOnWriteArrayList<>();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final ServerSocket server;

	private final Answer answer;

	StompFakeServer(Answer answer) throws IOException {
		this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
	}

	StompFakeServer(ServerSocket server, Answer answer) {
		this.server = server;
		this.answer = answer;
		Thread thread = new Thread(this::accept, "fake-stomp");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Confirms whatever asks for it.
	 */
	static String obey(String frame) {
		if (frame.startsWith("CONNECT\n")) {
			return CONNECTED;
		}
		Matcher matcher = RECEIPT.matcher(frame);
		return matcher.find() ? "RECEIPT\nreceipt-id:" + matcher.group(1) + "\n\n\0" : "";
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				this.sockets.add(socket);
				Thread thread = new Thread(() -> serve(socket), "fake-stomp-connection");
				thread.setDaemon(true);
				thread.start();
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			InputStream in = socket.getInputStream();
			StringBuilder frame = new StringBuilder();
			for (int next = in.read(); next >= 0; next = in.read()) {
				if (next != 0) {
					frame.append((char) next);
					continue;
				}
				String text = frame.toString().stripLeading();
				this.frames.add(text);
				frame.setLength(0);
				String said = this.answer.to(text);
				if (said == null) {
					return;
				}
				socket.getOutputStream().write(said.getBytes(StandardCharsets.UTF_8));
				socket.getOutputStream().flush();
			}
		}
		catch (IOException ex) {
			// The client has gone.
		}
	}

	String url() {
		return "stomp://localhost:" + this.server.getLocalPort();
	}

	int port() {
		return this.server.getLocalPort();
	}

	List<String> frames() {
		return this.frames;
	}

	List<String> frames(String command) {
		return this.frames.stream().filter((frame) -> frame.startsWith(command + "\n")).toList();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	/**
	 * Answers a frame.
	 */
	@FunctionalInterface
	interface Answer {

		/**
		 * Returns what to say.
		 * @param frame the frame, without its end
		 * @return the answer, or {@code null} to hang up
		 */
		String to(String frame);

	}

}
