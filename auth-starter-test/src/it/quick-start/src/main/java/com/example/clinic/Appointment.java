package com.example.clinic;

import java.util.UUID;

/**
 * An appointment of a clinic.
 *
 * @param id the identifier
 * @param organization the clinic
 * @param patient who comes
 */
record Appointment(UUID id, String organization, String patient) {

}
