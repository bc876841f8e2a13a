package org.activemessaging.broker.stomp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import jakarta.jms.JMSException;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Tls;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for connections by TLS, with certificates of their own making.
 */
class StompTlsTests {

	private static final String STORE_SECRET = "xyzzy-stomp-store";

	@TempDir
	private static Path directory;

	private static KeyStore local;

	private static KeyStore elsewhere;

	private final StompAdapter adapter = new StompAdapter();

	@BeforeAll
	static void generateKeys() throws Exception {
		local = generateKey("local", "dns:localhost");
		elsewhere = generateKey("elsewhere", "dns:elsewhere.example.com");
	}

	@Test
	void serverIsReachedWithTheTrustOfTheBundle() throws Exception {
		try (StompFakeServer server = server(local)) {
			connect(server, local);
			assertThat(server.frames("CONNECT")).hasSize(1);
		}
	}

	@Test
	void serverThatIsNotTrustedIsNotToldAnything() throws Exception {
		try (StompFakeServer server = server(local)) {
			assertThatExceptionOfType(JMSException.class).isThrownBy(() -> connect(server, elsewhere))
				.withCauseInstanceOf(IOException.class);
			assertThat(server.frames()).isEmpty();
		}
	}

	@Test
	void serverWithTheNameOfAnotherHostIsNotToldAnything() throws Exception {
		try (StompFakeServer server = server(elsewhere)) {
			assertThatExceptionOfType(JMSException.class).isThrownBy(() -> connect(server, elsewhere))
				.withCauseInstanceOf(IOException.class);
			assertThat(server.frames()).isEmpty();
		}
	}

	private void connect(StompFakeServer server, KeyStore trusted) throws Exception {
		KeyStore certificates = KeyStore.getInstance("PKCS12");
		certificates.load(null, null);
		certificates.setCertificateEntry("trusted", trusted.getCertificate("key"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(certificates);
		BrokerProfile plain = StompProfiles.of(server.url());
		BrokerProfile profile = new BrokerProfile(plain.name(), plain.application(),
				"stomp+ssl://localhost:" + server.port(), plain.user(), plain.password(),
				new Tls("mq", new KeyManager[0], trust.getTrustManagers()), Duration.ZERO, Duration.ZERO,
				Duration.ofSeconds(20), Map.of());
		this.adapter.createConnectionFactory(profile).createConnection().close();
	}

	private static StompFakeServer server(KeyStore key) throws Exception {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(key, STORE_SECRET.toCharArray());
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		return new StompFakeServer(
				context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
				StompFakeServer::obey);
	}

	private static KeyStore generateKey(String name, String subjectAlternativeName) throws Exception {
		Path file = directory.resolve(name + ".p12");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "2", "-ext",
				"san=" + subjectAlternativeName, "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass",
				STORE_SECRET)
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("keytool.txt").toFile())
			.start();
		assertThat(process.waitFor()).isZero();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, STORE_SECRET.toCharArray());
		}
		return store;
	}

}
