package org.activemessaging.broker;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.springframework.util.function.SingletonSupplier;

/**
 * What a connection needs for TLS. The material can be replaced while the application
 * runs: connections that are made from then on use the new one, those that there are stay
 * as they are. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Tls {

	private final String bundle;

	private final KeyManager[] keyManagers;

	private final TrustManager[] trustManagers;

	private final SingletonSupplier<SSLContext> sslContext = SingletonSupplier.of(this::newSslContext);

	/**
	 * Creates the material.
	 * @param bundle the name of the SSL bundle the rest comes from
	 * @param keyManagers the managers of the client's own key, may be empty
	 * @param trustManagers the managers of trust in the broker's certificate
	 */
	public Tls(String bundle, KeyManager[] keyManagers, TrustManager[] trustManagers) {
		this.bundle = bundle;
		this.keyManagers = Arrays.stream(keyManagers).map(Tls::replaceable).toArray(KeyManager[]::new);
		this.trustManagers = Arrays.stream(trustManagers).map(Tls::replaceable).toArray(TrustManager[]::new);
	}

	// Without the extended type, Java itself adds the check of the host's name, which it
	// would not do for ours.
	private static KeyManager replaceable(KeyManager manager) {
		return (manager instanceof X509ExtendedKeyManager extended) ? new ReplaceableKeys(extended) : manager;
	}

	private static TrustManager replaceable(TrustManager manager) {
		return (manager instanceof X509ExtendedTrustManager extended) ? new ReplaceableTrust(extended) : manager;
	}

	/**
	 * Returns the name of the SSL bundle.
	 * @return the name
	 */
	public String bundle() {
		return this.bundle;
	}

	/**
	 * Returns the managers of the client's own key.
	 * @return the managers, which follow a replacement
	 */
	public KeyManager[] keyManagers() {
		return this.keyManagers.clone();
	}

	/**
	 * Returns the managers of trust in the broker's certificate.
	 * @return the managers, which follow a replacement
	 */
	public TrustManager[] trustManagers() {
		return this.trustManagers.clone();
	}

	/**
	 * Returns a context with these managers.
	 * @return the context, always the same
	 * @throws IllegalStateException if Java refuses the managers
	 */
	public SSLContext sslContext() {
		return this.sslContext.obtain();
	}

	private SSLContext newSslContext() {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(this.keyManagers, this.trustManagers, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The SSL bundle '" + this.bundle + "' cannot be used", ex);
		}
	}

	/**
	 * Replaces the material.
	 * @param newKeyManagers the managers of the client's own key, as many and of the same
	 * kinds as before
	 * @param newTrustManagers the managers of trust, likewise
	 * @throws IllegalArgumentException if they are others; the material is as before then
	 */
	public void replace(KeyManager[] newKeyManagers, TrustManager[] newTrustManagers) {
		boolean same = this.keyManagers.length == newKeyManagers.length
				&& this.trustManagers.length == newTrustManagers.length
				&& Arrays.stream(this.keyManagers).allMatch(ReplaceableKeys.class::isInstance)
				&& Arrays.stream(this.trustManagers).allMatch(ReplaceableTrust.class::isInstance)
				&& Arrays.stream(newKeyManagers).allMatch(X509ExtendedKeyManager.class::isInstance)
				&& Arrays.stream(newTrustManagers).allMatch(X509ExtendedTrustManager.class::isInstance);
		if (!same) {
			throw new IllegalArgumentException("Managers of these kinds cannot be replaced while they are in use");
		}
		for (int i = 0; i < newKeyManagers.length; i++) {
			((ReplaceableKeys) this.keyManagers[i]).replace((X509ExtendedKeyManager) newKeyManagers[i]);
		}
		for (int i = 0; i < newTrustManagers.length; i++) {
			((ReplaceableTrust) this.trustManagers[i]).replace((X509ExtendedTrustManager) newTrustManagers[i]);
		}
		forgetSessions();
	}

	// A session that is resumed asks nobody for trust again.
	private void forgetSessions() {
		SSLSessionContext sessions = sslContext().getClientSessionContext();
		for (byte[] id : Collections.list(sessions.getIds())) {
			SSLSession session = sessions.getSession(id);
			if (session != null) {
				session.invalidate();
			}
		}
	}

	@Override
	public String toString() {
		return "bundle " + this.bundle;
	}

}
