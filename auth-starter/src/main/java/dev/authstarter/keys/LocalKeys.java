package dev.authstarter.keys;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.issuer.IssuerHttpClient;
import dev.authstarter.jose.StrictJson;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.Resource;

/**
 * Reads keys from a file or the class path: a key set (RFC 7517 section 5), or public
 * keys in PEM format (RFC 7468 section 13).
 */
final class LocalKeys implements KeySource {

	private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

	/**
	 * The private members: RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1, RFC 8037 section 2.
	 */
	private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

	private final Resource resource;

	private final UsableKeys usable;

	LocalKeys(TrustedIssuer issuer, URI place) {
		this.resource = new DefaultResourceLoader().getResource(place.toString());
		this.usable = new UsableKeys(issuer);
	}

	@Override
	public JWKSet fetch() throws IOException {
		return this.usable.of(document());
	}

	private Map<String, Object> document() throws IOException {
		String text = text();
		if (text.contains("-----BEGIN ")) {
			return new JWKSet(pem(text)).toJSONObject(true);
		}
		try {
			return withoutPrivate(StrictJson.parseObject(text));
		}
		catch (ParseException ex) {
			throw new IOException(
					"%s is neither a JSON key set nor a PEM file with a public key".formatted(this.resource), ex);
		}
	}

	private String text() throws IOException {
		// A directory can be opened, and then reads as the list of its files.
		if (!this.resource.exists() || (this.resource.isFile() && !this.resource.getFile().isFile())) {
			throw new IOException("%s does not exist or is not a file".formatted(this.resource));
		}
		try (InputStream content = this.resource.getInputStream()) {
			byte[] bytes = content.readNBytes(IssuerHttpClient.MAXIMUM_BODY + 1);
			if (bytes.length > IssuerHttpClient.MAXIMUM_BODY) {
				throw new IOException(
						"%s has more than %d bytes".formatted(this.resource, IssuerHttpClient.MAXIMUM_BODY));
			}
			return new String(bytes, StandardCharsets.UTF_8);
		}
	}

	/**
	 * Refuse private keys: read access to the API's files must not allow signing tokens.
	 */
	private Map<String, Object> withoutPrivate(Map<String, Object> document) throws IOException {
		List<?> keys = (document.get("keys") instanceof List<?> entries) ? entries : List.of();
		for (Object key : keys) {
			if (key instanceof Map<?, ?> members && PRIVATE.stream().anyMatch(members::containsKey)) {
				throw holdsPrivateKey();
			}
		}
		return document;
	}

	private IOException holdsPrivateKey() {
		return new IOException(("%s contains a private or symmetric key. Every process that can read the file can "
				+ "sign tokens: replace the key at the issuer, and use the public key here")
			.formatted(this.resource));
	}

	private List<JWK> pem(String text) throws IOException {
		List<JWK> keys = new ArrayList<>();
		Matcher block = PEM.matcher(text);
		while (block.find()) {
			if (block.group(1).contains("PRIVATE")) {
				throw holdsPrivateKey();
			}
			if (!block.group(1).equals("PUBLIC KEY")) {
				throw new IOException("%s contains a %s, but only a PUBLIC KEY is supported".formatted(this.resource,
						block.group(1)));
			}
			keys.add(key(block.group(2)));
		}
		return keys;
	}

	private JWK key(String base64) throws IOException {
		byte[] encoded;
		try {
			encoded = Base64.getMimeDecoder().decode(base64);
		}
		catch (IllegalArgumentException ex) {
			throw new IOException("A public key in %s is not in Base64".formatted(this.resource), ex);
		}
		PublicKey rsa = decode("RSA", encoded);
		if (rsa instanceof RSAPublicKey key) {
			return new RSAKey.Builder(key).build();
		}
		PublicKey ec = decode("EC", encoded);
		Curve curve = (ec instanceof ECPublicKey key) ? Curve.forECParameterSpec(key.getParams()) : null;
		if (ec instanceof ECPublicKey key && curve != null) {
			return new ECKey.Builder(curve, key).build();
		}
		throw new IOException(("A public key in %s is neither an RSA key nor a key on a NIST curve. Use a JSON key "
				+ "set for other keys")
			.formatted(this.resource));
	}

	private static @Nullable PublicKey decode(String type, byte[] encoded) {
		try {
			return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(encoded));
		}
		catch (GeneralSecurityException ex) {
			return null;
		}
	}

}
