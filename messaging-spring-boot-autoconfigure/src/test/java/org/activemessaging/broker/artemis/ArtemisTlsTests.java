package org.activemessaging.broker.artemis;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import jakarta.jms.JMSException;
import org.activemessaging.broker.BrokerProfile;
import org.activemessaging.broker.Tls;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextConfig;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextFactoryProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ArtemisTls}.
 */
class ArtemisTlsTests {

	private static final char[] SECRET = "xyzzy-store".toCharArray();

	@TempDir
	private Path directory;

	@Test
	void connectionShowsAndTrustsTheCertificatesOfItsBundle() throws Exception {
		KeyStore store = keyStore();
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, SECRET);
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
		try (SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			server.setNeedClientAuth(true);
			CompletableFuture<String> peer = CompletableFuture.supplyAsync(() -> peer(server));
			connect(server.getLocalPort(), new Tls("mq", keys.getKeyManagers(), trust.getTrustManagers()));
			assertThat(peer.get(10, TimeUnit.SECONDS)).isEqualTo("CN=voyeur");
			CompletableFuture<String> stranger = CompletableFuture.supplyAsync(() -> peer(server));
			TrustManagerFactory nobody = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			nobody.init((KeyStore) null);
			connect(server.getLocalPort(), new Tls("mq", keys.getKeyManagers(), nobody.getTrustManagers()));
			assertThat(stranger).failsWithin(Duration.ofSeconds(10));
		}
	}

	@Test
	void othersGetWhatTheyConfigured() throws Exception {
		SSLContextConfig config = SSLContextConfig.builder().trustAll(true).build();
		assertThat(SSLContextFactoryProvider.getSSLContextFactory()).isInstanceOf(ArtemisSslContextFactory.class);
		assertThat(SSLContextFactoryProvider.getSSLContextFactory().getSSLContext(config, Map.of())).isNotNull();
		assertThat(ArtemisTls.find("messaging-unknown")).isNull();
	}

	// What answers here speaks no protocol of Artemis, so that no connection comes to be.
	private static void connect(int port, Tls tls) {
		BrokerProfile profile = new BrokerProfile("test", "voyeur", "tcp://localhost:" + port, null, null, tls,
				Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2), Map.of());
		assertThatExceptionOfType(JMSException.class)
			.isThrownBy(() -> new ArtemisAdapter().createConnectionFactory(profile).createConnection());
	}

	private static String peer(SSLServerSocket server) {
		try (SSLSocket socket = (SSLSocket) server.accept()) {
			socket.startHandshake();
			return socket.getSession().getPeerPrincipal().getName();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private KeyStore keyStore() throws Exception {
		Path file = this.directory.resolve("voyeur.p12");
		Process keytool = new ProcessBuilder(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						"voyeur", "-keyalg", "EC", "-dname", "CN=voyeur", "-validity", "2", "-ext",
						"san=dns:localhost,ip:127.0.0.1", "-keystore", file.toString(), "-storetype", "PKCS12",
						"-storepass", new String(SECRET)))
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("keytool.txt").toFile())
			.start();
		assertThat(keytool.waitFor()).isZero();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(file)) {
			store.load(stream, SECRET);
		}
		// Trusted as well.
		store.setCertificateEntry("trusted", store.getCertificate("voyeur"));
		return store;
	}

}
