using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace BlueEdge.Silo.Hosting;

/// <summary>Runs the host, and says in one line why it could not start where its user can change that.</summary>
internal static class StartUp
{
    /// <returns>The process's exit code: 0 after a clean end, 1 where it could not start.</returns>
    public static async Task<int> RunAsync(Func<Task> host)
    {
        try
        {
            await host();
            return 0;
        }
        catch (Exception error) when (Explain(error) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return 1;
        }
    }

    private static string? Explain(Exception error) => error switch
    {
        BlueEdgeException => error.Message,
        OptionsValidationException invalid => $"The settings make no sense: {string.Join(' ', invalid.Failures)}",
        IOException { InnerException: AddressInUseException } =>
            $"{error.Message} Stop what listens there, or set ASPNETCORE_URLS to another address.",
        _ => null,
    };
}
