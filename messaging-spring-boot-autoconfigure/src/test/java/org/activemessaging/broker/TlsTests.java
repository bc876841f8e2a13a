package org.activemessaging.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.activemessaging.flow.Certificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link Tls}, with a server that goes on with its certificate.
 */
class TlsTests {

	private static final char[] SECRET = Certificates.SECRET.toCharArray();

	@TempDir
	private Path directory;

	private Certificates certificates;

	private Certificates strangers;

	private SSLServerSocket server;

	@BeforeEach
	void serve() throws Exception {
		this.certificates = new Certificates(this.directory);
		this.strangers = new Certificates(this.directory);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys(this.certificates), null, null);
		this.server = (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 5, InetAddress.getLoopbackAddress());
	}

	@AfterEach
	void close() throws IOException {
		this.server.close();
	}

	@Test
	void newTrustIsAskedForEachNewConnection() throws Exception {
		Tls tls = new Tls("mq", keys(this.certificates), trust(this.strangers));
		assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> connect(tls));
		tls.replace(keys(this.certificates), trust(this.certificates));
		assertThat(connect(tls)).isEqualTo("CN=localhost");
	}

	@Test
	void whatIsNotTrustedAnyMoreIsNotReachedByAnOldSession() throws Exception {
		Tls tls = new Tls("mq", keys(this.certificates), trust(this.certificates));
		connect(tls);
		connect(tls);
		tls.replace(keys(this.certificates), trust(this.strangers));
		assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> connect(tls));
	}

	@Test
	void managersOfOtherKindsAreKeptAsTheyAre() {
		TrustManager simple = mock(X509TrustManager.class);
		Tls tls = new Tls("mq", new KeyManager[0], new TrustManager[] { simple });
		assertThat(tls.trustManagers()).containsExactly(simple);
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> tls.replace(new KeyManager[0], new TrustManager[] { simple }));
	}

	private String connect(Tls tls) throws IOException {
		CompletableFuture<Void> served = CompletableFuture.runAsync(this::serveOne);
		try (SSLSocket socket = (SSLSocket) tls.sslContext()
			.getSocketFactory()
			.createSocket(this.server.getInetAddress(), this.server.getLocalPort())) {
			socket.setSoTimeout(10_000);
			socket.startHandshake();
			// The ticket for the next session comes with it.
			assertThat(socket.getInputStream().read()).isEqualTo('!');
			return socket.getSession().getPeerPrincipal().getName();
		}
		finally {
			assertThat(served.handle((result, failure) -> true)).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	private void serveOne() {
		try (SSLSocket socket = (SSLSocket) this.server.accept()) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write('!');
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static KeyManager[] keys(Certificates certificates) throws Exception {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store(certificates.keyStore()), SECRET);
		return keys.getKeyManagers();
	}

	private static TrustManager[] trust(Certificates certificates) throws Exception {
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store(certificates.trustStore()));
		return trust.getTrustManagers();
	}

	private static KeyStore store(Path file) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(file)) {
			store.load(input, SECRET);
		}
		return store;
	}

}
