using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Validation;

/// <summary>The envelope of an answer that finds no fault.</summary>
internal sealed record ValidationResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>What to know of the body.</summary>
    public required ValidationData Data { get; init; }

    public static ValidationResponse From(ParsedSession session, ValidationReport report, PathString pathBase) => new()
    {
        Data = new()
        {
            SubmitTo = $"{pathBase}{ApiRoutes.Prefix}/{(session.Places is null ? ApiRoutes.Workflow : ApiRoutes.SingleEngine)}",
            Warnings = report.Warnings.IsEmpty ? null : [.. report.Warnings.Select(WarningResponse.From)],
        },
    };
}
