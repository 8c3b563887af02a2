using System.ComponentModel.DataAnnotations;
using System.Globalization;
using BlueEdge.Webhooks;

namespace BlueEdge.Grains.Webhooks;

/// <summary>How webhooks are delivered. Configured under <c>BlueEdge:Webhooks</c>.</summary>
public sealed class WebhookOptions : IValidatableObject
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Webhooks";

    /// <summary>
    /// What webhooks are signed with: <c>whsec_</c> and 24 to 64 random bytes in base64; several with semicolons between them while one
    /// is exchanged for another. Empty, the default, leaves webhooks unsigned whose session names no secret.
    /// </summary>
    public string Secret { get; set; } = "";

    /// <summary>Secrets that a session's webhook may name instead, by name, each as <see cref="Secret"/>. None by default.</summary>
    public IDictionary<string, string> Secrets { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// How long to wait after each try that failed, with semicolons between them; after the last of them comes the last try. By default
    /// 5 s, 5 and 30 min, 2, 5, 10, 14, 20 and 24 h: ten tries in 75 hours.
    /// </summary>
    public string Retries { get; set; } = "00:00:05;00:05:00;00:30:00;02:00:00;05:00:00;10:00:00;14:00:00;20:00:00;1.00:00:00";

    /// <summary>By how much of itself each of these is made longer or shorter by chance, so that not all come at once; 0.1 by default.</summary>
    [Range(0.0, 0.5)]
    public double Jitter { get; set; } = 0.1;

    /// <summary>How many calls each silo has under way to one address (scheme, host, port and path) at a time; 8 by default.</summary>
    [Range(1, 1_000)]
    public int CallsPerAddress { get; set; } = 8;

    /// <summary>
    /// Where callers reach REST, for example <c>https://blueedge.example.org</c>: addresses of results that a body has no room for
    /// begin with it. None by default: they begin with <c>/api</c>.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>The longest of <see cref="Retries"/>, made longer by chance.</summary>
    internal TimeSpan LongestPause => Delays is [] ? TimeSpan.Zero : Delays.Max() * (1 + Jitter);

    internal IReadOnlyList<TimeSpan> Delays => [.. Parts(Retries).Select(Delay).OfType<TimeSpan>()];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. Secret.Length > 0 && !AreSecrets(Secret) ? [Fault(nameof(Secret))] : Array.Empty<ValidationResult>(),
        .. Secrets.Where(named => !AreSecrets(named.Value)).Select(named => Fault($"{nameof(Secrets)}:{named.Key}")),
        .. Parts(Retries).Where(part => Delay(part) is null).Take(1).Select(part => new ValidationResult(
            $"'{part}' in {nameof(Retries)} is not a time from 00:00:00.1 to 7.00:00:00, such as 00:00:30 (hours:minutes:seconds).", [nameof(Retries)])),
        .. PublicUrl is null or { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" } ? Array.Empty<ValidationResult>()
            : [new($"{nameof(PublicUrl)} is an http or https address without user, query and fragment, such as https://blueedge.example.org.", [nameof(PublicUrl)])],
    ];

    internal static IReadOnlyList<WebhookSecret?> SecretsOf(string text) =>
        [.. Parts(text).Select(part => WebhookSecret.TryParse(part, out var secret) ? secret : null)];

    private static bool AreSecrets(string text) => SecretsOf(text) is not [] and var secrets && !secrets.Contains(null);

    private static ValidationResult Fault(string name) =>
        new($"{name} is not 'whsec_' and 24 to 64 random bytes in base64. 'openssl rand -base64 32' makes the bytes.", [name]);

    private static string[] Parts(string text) => text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A number alone would be days.</summary>
    private static TimeSpan? Delay(string part) =>
        part.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(part, CultureInfo.InvariantCulture, out var delay) && delay >= TimeSpan.FromMilliseconds(100) && delay <= TimeSpan.FromDays(7) ? delay : null;
}
