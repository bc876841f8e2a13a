package org.activemessaging.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An authority of the test's own making, and a certificate that it has signed for
 * {@code localhost}, and for no address.
 */
public final class Certificates {

	/**
	 * The password of all stores.
	 */
	public static final String SECRET = "xyzzy-artemis";

	private static final String STORE = "PKCS12";

	private final Path directory;

	/**
	 * Makes them.
	 * @param parent where they get a folder of their own
	 */
	public Certificates(Path parent) {
		try {
			this.directory = Files.createTempDirectory(parent, "certificates-");
			generate("authority", "bc:c");
			generate("localhost", "san=dns:localhost", "-signer", "authority");
			split();
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void generate(String name, String extension, String... more) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						name, "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "2", "-ext", extension, "-keystore",
						this.directory.resolve("all.p12").toString(), "-storetype", STORE, "-storepass", SECRET));
		command.addAll(List.of(more));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("keytool.txt").toFile())
			.start();
		if (process.waitFor() != 0) {
			throw new IllegalStateException(Files.readString(this.directory.resolve("keytool.txt")));
		}
	}

	private void split() throws IOException, GeneralSecurityException {
		KeyStore all = KeyStore.getInstance(STORE);
		try (InputStream input = Files.newInputStream(this.directory.resolve("all.p12"))) {
			all.load(input, SECRET.toCharArray());
		}
		KeyStore.PasswordProtection password = new KeyStore.PasswordProtection(SECRET.toCharArray());
		KeyStore.PrivateKeyEntry server = (KeyStore.PrivateKeyEntry) all.getEntry("localhost", password);
		Certificate authority = all.getCertificate("authority");
		KeyStore keys = emptyStore();
		keys.setEntry("localhost", server, password);
		store(keys, keyStore());
		KeyStore trust = emptyStore();
		trust.setCertificateEntry("authority", authority);
		store(trust, trustStore());
		Files.writeString(authority(), pem("CERTIFICATE", authority.getEncoded()));
		Files.writeString(certificate(), pem("CERTIFICATE", server.getCertificate().getEncoded()));
		Files.writeString(key(), pem("PRIVATE KEY", server.getPrivateKey().getEncoded()));
	}

	private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance(STORE);
		store.load(null, null);
		return store;
	}

	private static void store(KeyStore store, Path file) throws IOException, GeneralSecurityException {
		try (OutputStream output = Files.newOutputStream(file)) {
			store.store(output, SECRET.toCharArray());
		}
	}

	private static String pem(String type, byte[] content) {
		return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content)
				+ "\n-----END " + type + "-----\n";
	}

	/**
	 * The key of {@code localhost}, PKCS12.
	 */
	public Path keyStore() {
		return this.directory.resolve("key.p12");
	}

	/**
	 * The certificate of the authority, PKCS12.
	 */
	public Path trustStore() {
		return this.directory.resolve("trust.p12");
	}

	/**
	 * The certificate of the authority, PEM.
	 */
	public Path authority() {
		return this.directory.resolve("authority.pem");
	}

	/**
	 * The certificate of {@code localhost}, PEM.
	 */
	public Path certificate() {
		return this.directory.resolve("certificate.pem");
	}

	/**
	 * The key of {@code localhost}, PEM.
	 */
	public Path key() {
		return this.directory.resolve("key.pem");
	}

}
