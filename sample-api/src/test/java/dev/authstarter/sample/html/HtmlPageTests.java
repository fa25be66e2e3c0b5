package dev.authstarter.sample.html;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HtmlPageTests {

	@Test
	void keepsTextText() {
		HtmlPage page = new HtmlPage("<a href=\"{{link}}\">{{link}}</a>");
		assertThat(page.with("link", "\"><script>'&").html())
			.isEqualTo("<a href=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">&quot;&gt;&lt;script&gt;&#39;&amp;</a>");
	}

	@Test
	void isFound() {
		assertThat(HtmlPage.of("issuer/pages/login.html").html()).contains("{{csrf}}", "{{message}}");
		assertThat(HtmlPage.of("issuer/pages/organization.html").html()).contains("{{user}}", "{{clinics}}");
	}

}
