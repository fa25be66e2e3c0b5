package dev.authstarter.benchmarks;

import java.security.Provider;
import java.security.Security;
import java.util.ServiceLoader;

import org.jspecify.annotations.Nullable;

/**
 * Amazon Corretto Crypto Provider, which is present with the profile {@code accp} only.
 * It is found as a service, so that no class is compiled against it.
 */
public final class NativeProvider {

	private static final String NAME = "AmazonCorrettoCryptoProvider";

	private NativeProvider() {
	}

	public static boolean isPresent() {
		return find() != null;
	}

	/**
	 * Register it before all other providers.
	 * @throws IllegalStateException if it is not present
	 */
	public static void install() {
		Provider provider = find();
		if (provider == null) {
			throw new IllegalStateException("Build with -Paccp to have " + NAME);
		}
		Security.insertProviderAt(provider, 1);
		if (!Security.getProviders()[0].getName().equals(NAME)) {
			throw new IllegalStateException(NAME + " is not the first provider");
		}
	}

	private static @Nullable Provider find() {
		for (Provider provider : ServiceLoader.load(Provider.class)) {
			if (provider.getName().equals(NAME)) {
				return provider;
			}
		}
		return null;
	}

}
