// Official files of Canada, stood in for: they are not at hand.
#pragma once

namespace test {

// Stands for the agency's schema, which is not at hand: the transaction in this order, then any headings; by us.
inline constexpr const char* canada_schema =
    R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="hcsc_ectd" xmlns:xlink="http://www.w3.org/1999/xlink" targetNamespace="hcsc_ectd" elementFormDefault="qualified">
<xs:import namespace="http://www.w3.org/1999/xlink" schemaLocation="xlink.xsd"/>
<xs:element name="hcsc_ectd"><xs:complexType><xs:sequence>
<xs:element name="ectd-regulatory-transaction-information"><xs:complexType><xs:sequence>
<xs:element name="applicant" type="xs:string"/><xs:element name="product-name" type="xs:string"/>
<xs:element name="dossier-identifier"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[a-z][0-9]{6}"/></xs:restriction></xs:simpleType></xs:element>
<xs:element name="dossier-type" type="xs:string"/><xs:element name="regulatory-activity-type" type="xs:string"/>
<xs:element name="regulatory-activity-lead" type="xs:string"/><xs:element name="sequence-number" type="xs:string"/>
<xs:element name="sequence-description" type="xs:string"/><xs:element name="related-sequence-number" type="xs:string" minOccurs="0"/>
</xs:sequence></xs:complexType></xs:element>
<xs:element name="m1-administrative-and-product-information"><xs:complexType><xs:sequence><xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
</xs:sequence><xs:attribute name="schema-version" type="xs:string" use="required"/></xs:complexType></xs:element>
<xs:element name="leaf"><xs:complexType><xs:sequence><xs:element name="title" type="xs:string"/></xs:sequence>
<xs:attribute name="ID" type="xs:ID" use="required"/><xs:attribute name="operation" type="xs:string"/><xs:attribute name="checksum" type="xs:string"/>
<xs:attribute name="checksum-type" type="xs:string"/><xs:attribute name="modified-file" type="xs:string"/><xs:attribute ref="xlink:href"/></xs:complexType></xs:element>
</xs:schema>
)";

inline constexpr const char* canada_stylesheet =
    R"(<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:hcsc_ectd="hcsc_ectd"/>
)";

} // namespace test
