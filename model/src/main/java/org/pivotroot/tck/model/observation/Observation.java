package org.pivotroot.tck.model.observation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.SortedMap;

/**
 * One claim tried on one target.
 *
 * @param claim the claim's id, unique in the suite
 * @param page the manual page, such as {@code pivot_root(2)}
 * @param section the section of the page, such as {@code ERRORS}
 * @param editions the editions of the page that make the claim, such as {@code 5.03+}
 * @param says the claim in our own words
 * @param stage where in the guest it was tried: {@code namespace}, {@code root} or {@code
 *     initramfs}
 * @param verdict what was seen
 * @param expected the verdict on record for this claim and this kernel
 * @param because what contradicted the claim, what the kernel lacks, or what broke; absent when
 *     upheld
 * @param reason why a verdict other than {@code upheld} is expected, in our own words; absent when
 *     {@code upheld} is
 * @param facts what was recorded without being judged, by name
 * @param transcript the calls in order, a line each, with stable names for what varies from boot to
 *     boot
 * @param topology the mount tree before and after; absent where the claim is about no mount tree
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Observation(
    String claim,
    String page,
    String section,
    String editions,
    String says,
    String stage,
    Verdict verdict,
    Verdict expected,
    String because,
    String reason,
    SortedMap<String, String> facts,
    List<String> transcript,
    Topology topology) {}
