using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Hosting.Guards;

/// <summary>By what names the process may be called, and from which web pages. Configured under <c>BlueEdge:Gateway</c>.</summary>
public sealed class HttpGuardOptions : IValidatableObject
{
    private static readonly char[] Separators = [';', ','];

    /// <summary>
    /// Host names that callers may use besides those of loopback and the addresses listened on, separated by semicolons:
    /// <c>edge.example.com; *.edge.local</c>. <c>*</c> allows any, for a proxy in front that checks them. None by default.
    /// </summary>
    public string AllowedHosts { get; set; } = "";

    /// <summary>
    /// Origins whose pages may change something and open sockets besides the process's own, separated by semicolons:
    /// <c>https://edge.example.com</c>. For proxies that pass another host on. None by default.
    /// </summary>
    public string AllowedOrigins { get; set; } = "";

    internal string[] Hosts => Split(AllowedHosts);

    internal string[] Origins => Split(AllowedOrigins);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var host in Hosts.Where(host => !IsHost(host)))
        {
            yield return new($"'{host}' is no host: write a name such as edge.example.com, *.example.com or *, without scheme and port.", [nameof(AllowedHosts)]);
        }

        foreach (var origin in Origins.Where(origin => !IsOrigin(origin)))
        {
            yield return new($"'{origin}' is no origin: write scheme, host and port, such as https://edge.example.com:8443.", [nameof(AllowedOrigins)]);
        }
    }

    private static string[] Split(string list) => list.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsHost(string host) =>
        host is "*" || Uri.CheckHostName((host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host).Trim('[', ']')) is not UriHostNameType.Unknown;

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri is { PathAndQuery: "/", UserInfo: "", Host.Length: > 0 } && !origin.EndsWith('/');
}
