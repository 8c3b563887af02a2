using System.CommandLine.Parsing;

namespace BlueEdge.Tool.CommandLine;

/// <summary>Reads where the server is.</summary>
internal static class ServerAddress
{
    public static Uri Parse(string text, ArgumentResult result)
    {
        var address = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        if (Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var server) && server.Scheme is "http" or "https")
        {
            return server;
        }

        result.AddError($"'{text}' is no address of a server: it is like {CommonOptions.DefaultServer}.");
        return new(CommonOptions.DefaultServer);
    }
}
