package dev.authstarter.attacked.data;

import java.util.UUID;

/**
 * A letter of an organization.
 *
 * @param id the identifier
 * @param organization the owner
 * @param folder where it is kept
 * @param addressee who gets it
 */
record Letter(UUID id, String organization, UUID folder, String addressee) {

}
