using Microsoft.Extensions.Configuration;

namespace BlueEdge.Hosting;

/// <summary>All addresses where a process is told to listen, in the order in which the server looks for them.</summary>
public static class ListenAddresses
{
    private const string Endpoints = "Kestrel:Endpoints";

    /// <summary>What the setting is called by those who set it.</summary>
    private const string UrlsSetting = "ASPNETCORE_URLS (urls)";

    /// <summary>The addresses, as the configuration has them.</summary>
    public static IReadOnlyList<ListenAddress> Of(IConfiguration configuration)
    {
        if (configuration.GetSection(Endpoints).GetChildren().ToList() is { Count: > 0 } endpoints)
        {
            return [.. endpoints.Select(endpoint => ListenAddress.Parse($"{endpoint.Path}:Url", endpoint["Url"] ?? ""))];
        }

        return Split(configuration["urls"]) is { Length: > 0 } urls
            ? [.. urls.Select(url => ListenAddress.Parse(UrlsSetting, url))]
            : [.. OfPorts(configuration, "http"), .. OfPorts(configuration, "https")];
    }

    private static IEnumerable<ListenAddress> OfPorts(IConfiguration configuration, string scheme) =>
        Split(configuration[$"{scheme}_ports"]).Select(port => ListenAddress.Parse($"ASPNETCORE_{scheme.ToUpperInvariant()}_PORTS ({scheme}_ports)", $"{scheme}://*:{port}"));

    private static string[] Split(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
