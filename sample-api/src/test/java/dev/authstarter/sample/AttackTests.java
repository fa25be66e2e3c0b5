package dev.authstarter.sample;

import java.util.stream.Stream;

import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.BearerAttacks;
import dev.authstarter.test.matrix.AccessMatrix;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.MockMvc;

/**
 * Nobody gets in who should not, and no rule changes unnoticed: all that an API team
 * writes for that.
 */
@SpringBootTest(properties = "ISSUER=https://issuer.example/")
@AutoConfigureMockMvc
@AutoConfigureForgedTokens
class AttackTests {

	@TestFactory
	Stream<DynamicNode> everyAttackIsRefused(@Autowired MockMvc mvc) {
		return BearerAttacks.against(mvc).everyEndpoint();
	}

	@Test
	void rulesAreThoseOfTheFile(@Autowired HandlerInventory handlers) {
		AccessMatrix.of(handlers).isUnchanged();
	}

}
