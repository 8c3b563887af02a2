using Microsoft.Extensions.Options;

namespace BlueEdge.Silo;

/// <summary>Tells the operator in one line why the process does not start, where the reason is one to be expected.</summary>
internal static class StartFailure
{
    /// <summary>The reason and the remedy, or <see langword="null"/> for what nobody expects.</summary>
    public static string? Explain(Exception error) => error switch
    {
        BlueEdgeException => error.Message,
        OptionsValidationException => $"A setting makes no sense: {error.Message}",
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } =>
            $"{error.Message} Stop what listens there, or set ASPNETCORE_URLS to another address.",
        _ => null,
    };
}
