using System.Text.Json;
using System.Text.Json.Serialization;
using BlueEdge.Auditing;

namespace BlueEdge.Grains.Auditing;

/// <summary>How records are written where they are kept: as people read them, who may look there themselves.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditRecord))]
public sealed partial class AuditJson : JsonSerializerContext
{
    /// <summary>A record as it is kept.</summary>
    public static byte[] Write(AuditRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, Default.AuditRecord);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public static AuditRecord Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.AuditRecord) ?? throw new BlueEdgeException("A record of the audit is null: somebody else wrote it.");
}
