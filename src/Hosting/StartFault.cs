using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace BlueEdge.Hosting;

/// <summary>Says in one line why a process could not start, and what its user can do about it.</summary>
internal static class StartFault
{
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";
    private const string OtherAddress = "Set ASPNETCORE_URLS to another address.";

    public static string Describe(Exception error) => OneLine(Explain(error) ?? $"The process could not start: {error.GetType().Name}: {Chain(error)}");

    private static string? Explain(Exception error) => error switch
    {
        AggregateException many => string.Join(' ', many.InnerExceptions.Select(Describe).Distinct(StringComparer.Ordinal)),
        BlueEdgeException => error.Message,
        OptionsValidationException invalid => $"The settings make no sense: {string.Join(' ', invalid.Failures.Distinct(StringComparer.Ordinal))}",
        InvalidDataException { InnerException: { } inner } => $"{error.Message} {Chain(inner)} Mend the file, or have the process start in another folder.",
        IOException { InnerException: AddressInUseException } => $"{error.Message} Stop what listens there, or set ASPNETCORE_URLS to another address.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => $"An address to listen on is none of this machine ({error.Message}). {OtherAddress}",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => $"An address to listen on is not allowed to this user ({error.Message}): ports below 1024 are root's. {OtherAddress}",
        _ when IsOf(Kestrel, error) => $"The web server cannot start: {Chain(error)} Its addresses are ASPNETCORE_URLS or Kestrel:Endpoints; its certificate is Kestrel:Certificates:Default:Path.",
        _ => null,
    };

    private static bool IsOf(string assembly, Exception error) => error.Source?.StartsWith(assembly, StringComparison.Ordinal) ?? false;

    private static string Chain(Exception error) =>
        error.InnerException is { } inner && !error.Message.Contains(inner.Message, StringComparison.Ordinal) ? $"{error.Message} {Chain(inner)}" : error.Message;

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
