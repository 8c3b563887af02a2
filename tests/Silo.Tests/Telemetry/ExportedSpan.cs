namespace BlueEdge.Silo.Tests.Telemetry;

/// <summary>A span as it was exported.</summary>
internal sealed record ExportedSpan(string TraceId, string Id, string ParentId, string Name, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Links)
{
    /// <summary>The spans of an ExportTraceServiceRequest: resource_spans, scope_spans, spans.</summary>
    public static IEnumerable<ExportedSpan> Read(byte[] request) =>
        from resource in ProtoField.Read(request)
        from scope in resource.Fields.Where(field => field.Number is 2)
        from span in scope.Fields.Where(field => field.Number is 2)
        select Of([.. span.Fields]);

    private static ExportedSpan Of(List<ProtoField> fields) => new(
        Hex(fields, 1),
        Hex(fields, 2),
        Hex(fields, 4),
        fields.Where(field => field.Number is 5).Select(field => field.Text).FirstOrDefault(""),
        fields.Where(field => field.Number is 9).Select(field => Tag([.. field.Fields])).ToDictionary(StringComparer.Ordinal),
        [.. fields.Where(field => field.Number is 13).Select(link => Hex(link.Fields, 2))]);

    private static string Hex(IEnumerable<ProtoField> fields, int number) =>
        fields.Where(field => field.Number == number).Select(field => field.Hex).FirstOrDefault("");

    private static KeyValuePair<string, string> Tag(List<ProtoField> fields)
    {
        var value = fields.Where(field => field.Number is 2).SelectMany(field => field.Fields).FirstOrDefault();
        return new(fields.First(field => field.Number is 1).Text, value.Number is 1 ? value.Text : value.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
